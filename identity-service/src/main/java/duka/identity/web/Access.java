package duka.identity.web;

import duka.web.AccessRules;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.stereotype.Component;

/**
 * Who may call what; whose account it is, the controllers check. A rule that demands a role names
 * no reading method: HEAD is answered by what answers GET.
 */
@Component
class Access implements AccessRules {

    @Override
    public void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    http) {
        http.requestMatchers(HttpMethod.GET, "/.well-known/jwks.json")
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, "/.well-known/jwks.json")
                .permitAll()
                .requestMatchers(
                        HttpMethod.POST,
                        "/api/v1/auth/register",
                        "/api/v1/auth/token",
                        "/api/v1/auth/token/refresh",
                        "/api/v1/auth/logout",
                        "/api/v1/auth/password/forgot",
                        "/api/v1/auth/password/reset",
                        "/api/v1/auth/email/verify")
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/api/v1/auth/email/verify")
                .permitAll()
                .requestMatchers("/api/v1/auth/keys/**")
                .hasRole("ADMIN")
                .requestMatchers("/api/v1/users")
                .hasRole("ADMIN")
                .requestMatchers(HttpMethod.DELETE, "/api/v1/users/*")
                .hasRole("ADMIN")
                .requestMatchers("/api/v1/users/*/roles", "/api/v1/users/*/reactivate")
                .hasRole("ADMIN")
                .requestMatchers("/api/v1/vendors/me")
                .authenticated()
                .requestMatchers(HttpMethod.GET, "/api/v1/vendors", "/api/v1/vendors/*")
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, "/api/v1/vendors", "/api/v1/vendors/*")
                .permitAll()
                .requestMatchers(HttpMethod.DELETE, "/api/v1/vendors/*")
                .hasRole("ADMIN")
                .requestMatchers("/api/v1/vendors/*/approve", "/api/v1/vendors/*/suspend")
                .hasRole("ADMIN")
                .requestMatchers("/api/v1/audit-log", "/api/v1/mails", "/api/v1/mails/**")
                .hasRole("ADMIN")
                .anyRequest()
                .authenticated();
    }
}
