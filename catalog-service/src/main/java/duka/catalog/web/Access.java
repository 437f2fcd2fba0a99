package duka.catalog.web;

import static duka.web.Role.ADMIN;
import static duka.web.Role.STORE_MANAGER;
import static duka.web.Role.VENDOR;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import duka.web.AccessRules;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.stereotype.Component;

/** Anybody may look at what is for sale; the rest is for those who sell it and who run the shop. */
@Component
class Access implements AccessRules {

    private static final String[] SHOWCASE = {
        "/api/v1/categories",
        "/api/v1/categories/{ref}",
        "/api/v1/products",
        "/api/v1/products/{ref}",
        "/api/v1/products/{ref}/stock",
        "/api/v1/images/{id}",
        "/api/v1/images/{id}/thumbnail"
    };

    /** Vendors sell their own only, and that {@link duka.catalog.Seller} sees to. */
    private static final String[] SELLERS = {VENDOR.name(), STORE_MANAGER.name(), ADMIN.name()};

    /** Staff keep all of it, vendors what is theirs. */
    private static final String[] KEPT = {
        "/api/v1/products/{ref}/stock",
        "/api/v1/products/{ref}/stock-adjustments",
        "/api/v1/stock/low",
        "/api/v1/stock-movements",
        "/api/v1/restock-orders/**",
        "/api/v1/products/{ref}/images",
        "/api/v1/images/{id}"
    };

    @Override
    public void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    http) {
        http.requestMatchers(GET, SHOWCASE)
                .permitAll()
                .requestMatchers(HEAD, SHOWCASE)
                .permitAll()
                .requestMatchers(POST, "/api/v1/products")
                .hasAnyRole(SELLERS)
                .requestMatchers("/api/v1/products/{ref}")
                .hasAnyRole(SELLERS)
                .requestMatchers(KEPT)
                .hasAnyRole(SELLERS)
                .anyRequest()
                .hasAnyRole(STORE_MANAGER.name(), ADMIN.name());
    }
}
