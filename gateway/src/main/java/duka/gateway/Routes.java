package duka.gateway;

import java.time.Duration;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where each path is answered. The services serve these very paths: nothing is rewritten on the
 * way, except the older spellings, which {@link OlderSpellings} turns into these before.
 */
@Configuration(proxyBeanMethods = false)
class Routes {

    static final String IDENTITY = "identity-service";
    static final String CATALOG = "catalog-service";
    static final String CART = "cart-service";
    static final String ORDER = "order-service";
    static final String PAYMENT = "payment-service";

    static final List<String> SERVICES = List.of(IDENTITY, CATALOG, CART, ORDER, PAYMENT);

    /** A caller may ask to wait a minute for the outcome ({@code Prefer: wait}). */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(65);

    /** They may be in a bucket, and the shop goes on without it. */
    private static final String PICTURES = "pictures";

    private final RouteLocatorBuilder builder;
    private final Resilience resilience;
    private final Patience patience;

    Routes(RouteLocatorBuilder builder, Resilience resilience, Patience patience) {
        this.builder = builder;
        this.resilience = resilience;
        this.patience = patience;
    }

    @Bean
    RouteLocator table() {
        var routes = builder.routes();
        // The first that fits is taken, so what is asked for most comes first, and what is special
        // before what is general.
        route(
                routes,
                CATALOG,
                resilience.of(PICTURES),
                patience.usual(),
                "/api/v1/images/**",
                "/api/v1/products/{ref}/images/**");
        route(routes, CATALOG, "/api/v1/products/**", "/api/v1/categories/**");
        route(routes, CART, "/api/v1/cart/**", "/api/v1/wishlist/**");
        route(routes, CART, patience.of(LONGEST_WAIT), "/api/v1/checkout/**");
        route(routes, ORDER, patience.forEver(), "/api/v1/orders/{id}/events");
        route(routes, ORDER, patience.of(LONGEST_WAIT), "/api/v1/orders/create");
        route(
                routes,
                ORDER,
                "/api/v1/orders/**",
                "/api/v1/shipments/**",
                "/api/v1/returns/**",
                "/api/v1/sagas/**",
                "/api/v1/reports/**");
        route(
                routes,
                PAYMENT,
                "/api/v1/payments/**",
                "/api/v1/webhooks/**",
                "/api/v1/bank-accounts/**",
                "/api/v1/ledger/**",
                "/api/v1/balance/**",
                "/api/v1/payouts/**");
        route(
                routes,
                IDENTITY,
                "/api/v1/auth/**",
                "/api/v1/users/**",
                "/api/v1/vendors/**",
                "/api/v1/audit-log/**",
                "/api/v1/mails/**",
                "/.well-known/jwks.json");
        route(
                routes,
                CATALOG,
                "/api/v1/stock/**",
                "/api/v1/stock-movements/**",
                "/api/v1/restock-orders/**",
                "/api/v1/inventory-reports/**");
        for (var service : SERVICES) {
            var own = "/api/v1/" + service;
            route(routes, service, own + "/dead-letters/**", own + "/outbox");
            routes.route(
                    "docs of " + service,
                    route ->
                            route.path("/api/docs/" + service)
                                    .filters(
                                            to ->
                                                    to.setPath("/v3/api-docs")
                                                            .filter(
                                                                    resilience.of(service),
                                                                    Resilience.ORDER)
                                                            .filter(
                                                                    patience.usual(),
                                                                    Patience.ORDER))
                                    .uri("lb://" + service));
        }
        return routes.build();
    }

    private void route(RouteLocatorBuilder.Builder routes, String service, String... paths) {
        route(routes, service, patience.usual(), paths);
    }

    private void route(
            RouteLocatorBuilder.Builder routes,
            String service,
            GatewayFilter patience,
            String... paths) {
        route(routes, service, resilience.of(service), patience, paths);
    }

    private void route(
            RouteLocatorBuilder.Builder routes,
            String service,
            GatewayFilter resilience,
            GatewayFilter patience,
            String... paths) {
        routes.route(
                service + " " + paths[0],
                route ->
                        route.path(paths)
                                .filters(
                                        to ->
                                                to.filter(resilience, Resilience.ORDER)
                                                        .filter(patience, Patience.ORDER))
                                .uri("lb://" + service));
    }
}
