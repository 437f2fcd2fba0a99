package duka.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Stream;
import org.springframework.web.servlet.HandlerInterceptor;

/** Keeps NUL characters out of form fields, which PostgreSQL cannot keep either. */
final class NulGuard implements HandlerInterceptor {

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (BodyLimit.isMultipart(request)) {
            request.getParameterMap()
                    .forEach(
                            (name, values) -> {
                                if (Stream.of(values).anyMatch(value -> value.indexOf('\0') >= 0)) {
                                    throw Refused.invalid(name, "must not have NUL characters");
                                }
                            });
        }
        return true;
    }
}
