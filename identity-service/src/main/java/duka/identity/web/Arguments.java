package duka.identity.web;

import duka.identity.Actor;
import duka.identity.UserId;
import duka.web.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Hands a controller method its {@link Actor}. */
@Configuration(proxyBeanMethods = false)
class Arguments implements WebMvcConfigurer, HandlerMethodArgumentResolver {

    private static final int LONGEST_AGENT = 255;

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Actor.class;
    }

    @Override
    public Actor resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        var request = web.getNativeRequest(HttpServletRequest.class);
        return new Actor(
                user(authentication),
                session(authentication),
                request == null ? null : request.getRemoteAddr(),
                request == null ? null : agent(request.getHeader(HttpHeaders.USER_AGENT)));
    }

    private static @Nullable UserId user(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? new UserId(caller.id())
                : null;
    }

    /** Tokens from before sessions were named in them have none. */
    private static @Nullable UUID session(@Nullable Authentication authentication) {
        return authentication instanceof JwtAuthenticationToken token
                        && token.getToken().getClaimAsString("sid") instanceof String session
                ? UUID.fromString(session)
                : null;
    }

    private static @Nullable String agent(@Nullable String header) {
        if (header == null) {
            return null;
        }
        var printable = header.replaceAll("\\p{Cntrl}", "").strip();
        return printable.substring(0, Math.min(printable.length(), LONGEST_AGENT));
    }
}
