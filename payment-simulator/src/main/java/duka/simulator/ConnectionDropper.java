package duka.simulator;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Hangs up without an answer where a request was marked for it, as a network would. */
@Component
class ConnectionDropper implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    static final String DROP = ConnectionDropper.class.getName();

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addContextValves(
                new ValveBase(true) {
                    @Override
                    public void invoke(Request request, Response response)
                            throws IOException, ServletException {
                        getNext().invoke(request, response);
                        if (request.getAttribute(DROP) != null) {
                            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
                        }
                    }
                });
    }
}
