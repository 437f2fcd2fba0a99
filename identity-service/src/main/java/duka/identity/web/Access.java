package duka.identity.web;

import duka.web.AccessRules;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.stereotype.Component;

/** Who may call what; whose account it is, the controllers check. */
@Component
class Access implements AccessRules {

    @Override
    public void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    http) {
        http.requestMatchers(HttpMethod.GET, "/.well-known/jwks.json")
                .permitAll()
                .requestMatchers(
                        HttpMethod.POST,
                        "/api/v1/auth/register",
                        "/api/v1/auth/token",
                        "/api/v1/auth/token/refresh",
                        "/api/v1/auth/logout")
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/api/v1/users")
                .hasRole("ADMIN")
                .requestMatchers("/api/v1/users/*/roles")
                .hasRole("ADMIN")
                .anyRequest()
                .authenticated();
    }
}
