package duka.web;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * The versions that a caller is willing to change; a controller method takes it as it is.
 *
 * @param tags none when the caller does not care
 */
public record IfMatch(List<String> tags) {

    public IfMatch {
        tags = tags.stream().map(IfMatch::strong).toList();
    }

    /** Refuses with 412 what has changed since the caller looked. */
    public void check(long version) {
        if (!tags.isEmpty() && !tags.contains("*") && !tags.contains(ETags.of(version))) {
            throw new Refused(
                    HttpStatus.PRECONDITION_FAILED,
                    "changed-meanwhile",
                    "It has changed since you read it: its ETag now is %s."
                            .formatted(ETags.of(version)));
        }
    }

    /** A proxy that compresses makes our tags weak; they mean the same version still. */
    private static String strong(String tag) {
        var stripped = tag.strip();
        return stripped.startsWith("W/") ? stripped.substring(2) : stripped;
    }

    /** Takes the {@code If-Match} headers. */
    static final class Resolver implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == IfMatch.class;
        }

        @Override
        public IfMatch resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer model,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            var values = request.getHeaderValues(HttpHeaders.IF_MATCH);
            return new IfMatch(
                    (values == null ? Collections.<String>emptyList() : Arrays.asList(values))
                            .stream().flatMap(value -> Arrays.stream(value.split(","))).toList());
        }
    }
}
