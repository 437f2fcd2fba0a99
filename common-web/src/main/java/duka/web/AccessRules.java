package duka.web;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Who may call what, all in one place: the class {@code web/Access} of each service. A service
 * without one does not start.
 *
 * <p>It is a {@link WebMvcConfigurer} for one reason: {@code @WebMvcTest} finds those, so that
 * controllers are tested behind their real rules.
 */
@FunctionalInterface
public interface AccessRules extends WebMvcConfigurer {

    /** Ends with {@code anyRequest().denyAll()} or {@code anyRequest().authenticated()}. */
    void apply(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    http);
}
