package duka.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands a controller method the {@link Prefer} of its request. */
final class PreferResolver implements HandlerMethodArgumentResolver {

    private final Duration most;

    PreferResolver(Duration most) {
        this.most = most;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Prefer.class;
    }

    @Override
    public Prefer resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return Prefer.of(
                Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)), most);
    }
}
