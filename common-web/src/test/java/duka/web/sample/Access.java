package duka.web.sample;

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
        http.requestMatchers("/api/v1/staff/**").hasAnyRole("STORE_MANAGER", "ADMIN");
        http.requestMatchers(HttpMethod.GET, "/api/v1/open/**").permitAll();
        http.requestMatchers("/api/v1/notes/open", "/api/v1/webhooks/**").permitAll();
        http.anyRequest().authenticated();
    }
}
