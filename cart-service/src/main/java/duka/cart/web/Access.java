package duka.cart.web;

import duka.web.AccessRules;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.stereotype.Component;

/** Everybody may fill a cart, and who has signed in may buy: also who sells, or works here. */
@Component
class Access implements AccessRules {

    @Override
    public void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    http) {
        http.requestMatchers("/api/v1/cart", "/api/v1/cart/items", "/api/v1/cart/items/*")
                .permitAll()
                .requestMatchers(
                        "/api/v1/cart/**",
                        "/api/v1/checkout",
                        "/api/v1/checkout/**",
                        "/api/v1/wishlist",
                        "/api/v1/wishlist/**")
                .authenticated()
                .anyRequest()
                .denyAll();
    }
}
