package duka.identity;

import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** This service has the keys: it need not ask itself over HTTP for them, as the others do. */
@Configuration(proxyBeanMethods = false)
class TokenChecking {

    @Bean
    JwtDecoder jwtDecoder(SigningKeys keys) {
        var decoder =
                NimbusJwtDecoder.withJwkSource(
                                (JWKSelector wanted, SecurityContext _) ->
                                        wanted.select(keys.published()))
                        .build();
        var timestamps = new JwtTimestampValidator();
        timestamps.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(
                        timestamps, new JwtIssuerValidator(AccessTokens.ISSUER)));
        return decoder;
    }
}
