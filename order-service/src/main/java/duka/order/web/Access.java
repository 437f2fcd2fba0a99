package duka.order.web;

import static duka.web.Role.ADMIN;
import static duka.web.Role.STORE_MANAGER;
import static duka.web.Role.VENDOR;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import duka.web.AccessRules;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/**
 * Everybody deals with their own orders; vendors with what they sold; staff with all, and with what
 * customers never see.
 */
@Configuration(proxyBeanMethods = false)
class Access implements AccessRules {

    private static final String[] STAFF = {STORE_MANAGER.name(), ADMIN.name()};
    private static final String[] SELLERS = {VENDOR.name(), STORE_MANAGER.name(), ADMIN.name()};

    @Override
    public void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    http) {
        http.requestMatchers(POST, "/api/v1/orders/*/shipments").hasAnyRole(SELLERS);
        http.requestMatchers(PATCH, "/api/v1/shipments/*").hasAnyRole(SELLERS);
        http.requestMatchers(GET, "/api/v1/reports/sales").hasAnyRole(SELLERS);
        http.requestMatchers(GET, "/api/v1/orders/sold", "/api/v1/orders/sold/*")
                .hasRole(VENDOR.name());
        http.requestMatchers(
                        POST,
                        "/api/v1/returns/*/approve",
                        "/api/v1/returns/*/reject",
                        "/api/v1/returns/*/receive")
                .hasAnyRole(STAFF);
        http.requestMatchers("/api/v1/sagas/**").hasAnyRole(STAFF);
        http.anyRequest().authenticated();
    }
}
