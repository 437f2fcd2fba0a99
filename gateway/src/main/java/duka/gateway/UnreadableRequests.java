package duka.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

/** Gives a request whose path is no path its problem too: it never gets as far as our filters. */
@Component
class UnreadableRequests implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private final Problems problems;

    UnreadableRequests(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(
                server ->
                        server.mapHandle(
                                (done, connection) ->
                                        done.then(Mono.defer(() -> explain(connection)))));
    }

    private Mono<Void> explain(Connection connection) {
        if (connection instanceof HttpServerResponse response
                && !response.hasSentHeaders()
                && response.status().equals(HttpResponseStatus.BAD_REQUEST)) {
            var body = problems.unreadable();
            return response.header(
                            HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                    .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
                    .sendByteArray(Mono.just(body))
                    .then();
        }
        return Mono.empty();
    }
}
