package duka.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * What Tomcat itself refuses, such as a URL that is none, as a problem. Public because Tomcat makes
 * it.
 */
public final class TomcatProblems extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        var status = HttpStatus.resolve(response.getStatus());
        if (status == null
                || !status.isError()
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        var problem = SharedProblems.ofStatus(status, null).getBody();
        if (problem == null) {
            return;
        }
        // Every value is a constant of ours: nothing needs escaping.
        var json =
                """
                {"type":"%s","title":"%s","status":%d,"detail":"%s"}"""
                        .formatted(
                                problem.getType(),
                                problem.getTitle(),
                                problem.getStatus(),
                                problem.getDetail());
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("the client has gone", e);
        }
    }
}
