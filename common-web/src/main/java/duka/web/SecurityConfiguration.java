package duka.web;

import com.nimbusds.jose.jwk.source.JWKSource;
import jakarta.servlet.DispatcherType;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/** Every request is checked here, by this service alone: the gateway is not trusted for it. */
@AutoConfiguration(
        after = WebConfiguration.class,
        before = OAuth2ResourceServerAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
class SecurityConfiguration {

    static final String ISSUER = "duka";

    @Bean
    @ConditionalOnMissingBean
    JwtDecoder jwtDecoder(WebProperties.Security properties) {
        return decoder(new SigningKeys(properties.jwksUri()));
    }

    static NimbusJwtDecoder decoder(JWKSource<com.nimbusds.jose.proc.SecurityContext> keys) {
        var decoder = NimbusJwtDecoder.withJwkSource(keys).build();
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        new JwtTimestampValidator(),
                        new JwtIssuerValidator(ISSUER),
                        new JwtClaimValidator<Object>(JwtClaimNames.EXP, exp -> exp != null)));
        return decoder;
    }

    @Bean
    SecurityFilterChain everyRequest(
            HttpSecurity http,
            AccessRules rules,
            ProblemWriter problems,
            WebProperties properties,
            JsonMapper json,
            ObjectProvider<IdempotencyKeys> keys,
            ObjectProvider<Outcomes> outcomes,
            @Qualifier("handlerExceptionResolver")
                    ObjectProvider<HandlerExceptionResolver> faults) {
        outcomes.ifAvailable(
                service ->
                        http.addFilterAfter(
                                new OutcomeFilter(service, json, properties.maxWait()),
                                AuthorizationFilter.class));
        keys.ifAvailable(
                store ->
                        http.addFilterAfter(
                                new IdempotencyFilter(store, problems, faults),
                                outcomes.getIfAvailable() == null
                                        ? AuthorizationFilter.class
                                        : OutcomeFilter.class));
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(
                        it ->
                                it.defaultsDisabled()
                                        .contentTypeOptions(_ -> {})
                                        .cacheControl(_ -> {}))
                .oauth2ResourceServer(
                        it ->
                                it.jwt(
                                                jwt ->
                                                        jwt.jwtAuthenticationConverter(
                                                                SecurityConfiguration
                                                                        ::authenticated))
                                        .authenticationEntryPoint(signInFirst(problems))
                                        .accessDeniedHandler(notForYou(problems))
                                        .withObjectPostProcessor(keysMayBeAway(problems)))
                .exceptionHandling(
                        it ->
                                it.authenticationEntryPoint(signInFirst(problems))
                                        .accessDeniedHandler(notForYou(problems)))
                .authorizeHttpRequests(
                        it -> {
                            it.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                    .permitAll();
                            it.requestMatchers(
                                            "/actuator/health/**",
                                            "/actuator/info",
                                            "/actuator/prometheus",
                                            "/v3/api-docs/**")
                                    .permitAll();
                            it.requestMatchers(
                                            "/api/v1/*/dead-letters",
                                            "/api/v1/*/dead-letters/**",
                                            "/api/v1/*/outbox")
                                    .hasRole(Role.ADMIN.name());
                            rules.apply(it);
                        })
                .build();
    }

    @Bean
    RequestRejectedHandler firewallProblems(ProblemWriter problems) {
        return (request, response, _) ->
                problems.write(
                        request,
                        response,
                        new Refused(
                                HttpStatus.BAD_REQUEST,
                                "invalid-request",
                                "The request has characters that do not belong there."));
    }

    private static JwtAuthenticationToken authenticated(Jwt token) {
        var caller = Caller.of(token);
        return new JwtAuthenticationToken(
                token,
                caller,
                caller.roles().stream()
                        .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                        .toList());
    }

    private static AuthenticationEntryPoint signInFirst(ProblemWriter problems) {
        var bearer = new BearerTokenAuthenticationEntryPoint();
        return (request, response, e) -> {
            bearer.commence(request, response, e); // status and WWW-Authenticate
            var detail =
                    request.getHeader("Authorization") == null
                            ? "Sign in first: this needs an access token."
                            : "The access token is not valid or has expired.";
            problems.write(
                    request,
                    response,
                    Problem.body(
                            HttpStatus.valueOf(response.getStatus()),
                            response.getStatus() == 401 ? "unauthenticated" : "invalid-request",
                            detail,
                            Map.of()));
        };
    }

    private static AccessDeniedHandler notForYou(ProblemWriter problems) {
        var bearer = new BearerTokenAccessDeniedHandler();
        return (request, response, e) -> {
            bearer.handle(request, response, e);
            problems.write(request, response, SharedProblems.forbidden());
        };
    }

    /** A token that cannot be checked is our trouble, not its bearer's. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> keysMayBeAway(
            ProblemWriter problems) {
        var invalid = signInFirst(problems);
        return new ObjectPostProcessor<>() {
            @Override
            public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
                filter.setAuthenticationFailureHandler(
                        (request, response, e) -> {
                            if (e instanceof AuthenticationServiceException) {
                                problems.write(
                                        request,
                                        response,
                                        SharedProblems.unavailable("What checks access tokens"));
                            } else {
                                invalid.commence(request, response, e);
                            }
                        });
                return filter;
            }
        };
    }
}
