package duka.gateway;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;

import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * One Swagger UI for the APIs of all services; {@link Routes} fetches each service's own document.
 */
@Configuration(proxyBeanMethods = false)
class ApiDocs {

    @Bean
    RouterFunction<ServerResponse> swaggerUi() throws IOException {
        var page = new ClassPathResource("docs/index.html");
        return RouterFunctions.route(
                        GET("/api/docs"),
                        _ -> ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue(page))
                .and(RouterFunctions.resources("/api/docs/ui/**", swaggerUiFiles()));
    }

    private static Resource swaggerUiFiles() throws IOException {
        var bundles =
                new PathMatchingResourcePatternResolver()
                        .getResources(
                                "classpath*:META-INF/resources/webjars/swagger-ui/*/swagger-ui-bundle.js");
        return bundles[0].createRelative("");
    }
}
