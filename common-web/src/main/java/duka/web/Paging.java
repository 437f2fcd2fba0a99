package duka.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Which page of a list is asked for; a controller method takes it as it is.
 *
 * @param page from 1
 * @param size from 1 to {@value #MOST}
 */
public record Paging(int page, int size) {

    static final int DEFAULT = 10;
    static final int MOST = 100;

    public Paging {
        if (page < 1) {
            throw Refused.invalid("page", "must be a whole number from 1");
        }
        if (size < 1 || size > MOST) {
            throw Refused.invalid("page_size", "must be a whole number from 1 to " + MOST);
        }
    }

    public long offset() {
        return (page - 1L) * size;
    }

    /** Takes {@code page} and {@code page_size} from the query. */
    static final class Resolver implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Paging.class;
        }

        @Override
        public Paging resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer model,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return new Paging(
                    number(request.getParameter("page"), 1),
                    number(request.getParameter("page_size"), DEFAULT));
        }

        /** What is no number is as much out of range as 0 is. */
        private static int number(@Nullable String text, int otherwise) {
            if (text == null || text.isEmpty()) {
                return otherwise;
            }
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }
}
