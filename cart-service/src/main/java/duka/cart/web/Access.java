package duka.cart.web;

import duka.web.AccessRules;
import duka.web.Role;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.stereotype.Component;

/** Carts are for customers, each their own. */
@Component
class Access implements AccessRules {

    @Override
    public void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    http) {
        http.requestMatchers(
                        "/api/v1/cart",
                        "/api/v1/cart/**",
                        "/api/v1/checkout",
                        "/api/v1/checkout/**")
                .hasRole(Role.CUSTOMER.name())
                .anyRequest()
                .denyAll();
    }
}
