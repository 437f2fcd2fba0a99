package duka.payment.web;

import duka.web.AccessRules;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.stereotype.Component;

@Component
class Access implements AccessRules {

    @Override
    public void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    http) {
        // Providers show a signature instead.
        http.requestMatchers(HttpMethod.POST, "/api/v1/webhooks/*").permitAll();
        http.requestMatchers(
                        HttpMethod.POST,
                        "/api/v1/payments/*/refunds",
                        "/api/v1/payments/*/refunds/**")
                .hasAnyRole("STORE_MANAGER", "ADMIN");
        http.requestMatchers("/api/v1/payments/reconciliation", "/api/v1/payments/reconciliation/*")
                .hasRole("ADMIN");
        http.requestMatchers("/api/v1/ledger").hasAnyRole("STORE_MANAGER", "ADMIN");
        http.requestMatchers(HttpMethod.POST, "/api/v1/bank-accounts").hasRole("VENDOR");
        http.requestMatchers(HttpMethod.PATCH, "/api/v1/bank-accounts/*").hasRole("VENDOR");
        http.requestMatchers("/api/v1/bank-accounts", "/api/v1/bank-accounts/**")
                .hasAnyRole("VENDOR", "ADMIN");
        http.requestMatchers(HttpMethod.POST, "/api/v1/payouts").hasRole("ADMIN");
        http.requestMatchers("/api/v1/balance", "/api/v1/payouts", "/api/v1/payouts/*")
                .hasAnyRole("VENDOR", "STORE_MANAGER", "ADMIN");
        http.anyRequest().authenticated();
    }
}
