package duka.gateway;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuples;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One OpenAPI document of the whole shop, for whoever generates a client from it. */
@Configuration(proxyBeanMethods = false)
class WholeApi {

    private static final Logger log = LoggerFactory.getLogger(WholeApi.class);

    private static final int LARGEST_DOCUMENT = 4 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration GOOD_FOR = Duration.ofSeconds(10);
    private static final Duration BREATH = Duration.ofSeconds(2);

    private final JsonMapper json;
    private final ReactorLoadBalancerExchangeFilterFunction balancing;
    private final Mono<byte[]> document;

    WholeApi(JsonMapper json, ReactorLoadBalancerExchangeFilterFunction balancing) {
        this.json = json;
        this.balancing = balancing;
        this.document =
                Mono.defer(this::merged).cache(_ -> GOOD_FOR, _ -> BREATH, () -> Duration.ZERO);
    }

    @Bean
    RouterFunction<ServerResponse> wholeDocument() {
        return RouterFunctions.route(
                GET("/api/schema"),
                _ ->
                        document.flatMap(
                                bytes ->
                                        ServerResponse.ok()
                                                .contentType(MediaType.APPLICATION_JSON)
                                                .bodyValue(bytes)));
    }

    private Mono<byte[]> merged() {
        var services =
                WebClient.builder()
                        .filter(balancing)
                        .codecs(it -> it.defaultCodecs().maxInMemorySize(LARGEST_DOCUMENT))
                        .build();
        return Flux.fromIterable(Routes.SERVICES)
                .flatMapSequential(
                        service ->
                                services.get()
                                        .uri("http://{service}/v3/api-docs", service)
                                        .retrieve()
                                        .bodyToMono(byte[].class)
                                        .map(bytes -> json.readValue(bytes, ObjectNode.class))
                                        .map(document -> Tuples.of(service, document)))
                .timeout(PATIENCE)
                .collect(
                        LinkedHashMap<String, ObjectNode>::new,
                        (all, one) -> all.put(one.getT1(), one.getT2()))
                .map(WholeDocument::of)
                .map(json::writeValueAsBytes)
                .doOnError(fault -> log.warn("The document of the whole API cannot be made", fault))
                .onErrorMap(_ -> Problems.serviceAway(BREATH.toSeconds()));
    }
}
