package duka.web;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.validation.BindingResult;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;

/**
 * The {@code errors} member of a problem, {@code {field: [messages]}}, with the names that the
 * caller knows.
 */
final class Invalid {

    /** What a message is filed under that is about no field alone. */
    private static final String WHOLE = "request";

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])([A-Z])");

    private final Map<String, List<String>> errors = new TreeMap<>();

    static Map<String, List<String>> errors(BindingResult result) {
        var invalid = new Invalid();
        result.getAllErrors().forEach(error -> invalid.add("", error));
        return invalid.errors;
    }

    static Map<String, List<String>> errors(
            List<ParameterValidationResult> results, List<MessageSourceResolvable> more) {
        var invalid = new Invalid();
        for (var result : results) {
            switch (result) {
                case ParameterErrors body -> {
                    var within =
                            body.getContainerIndex() == null
                                    ? ""
                                    : "[" + body.getContainerIndex() + "].";
                    ((Errors) body).getAllErrors().forEach(error -> invalid.add(within, error));
                }
                case ParameterValidationResult parameter ->
                        parameter
                                .getResolvableErrors()
                                .forEach(
                                        error ->
                                                invalid.add(
                                                        name(parameter.getMethodParameter()),
                                                        error.getDefaultMessage()));
            }
        }
        more.forEach(error -> invalid.add(WHOLE, error.getDefaultMessage()));
        return invalid.errors;
    }

    static Map<String, List<String>> errors(
            Collection<? extends ConstraintViolation<?>> violations) {
        var invalid = new Invalid();
        violations.forEach(
                violation ->
                        invalid.add(name(violation.getPropertyPath()), violation.getMessage()));
        return invalid.errors;
    }

    static String snakeCase(String name) {
        return HUMP.matcher(name).replaceAll("_$1").toLowerCase(Locale.ROOT);
    }

    /** A parameter's name in the request, which need not be the one in the code. */
    static String name(MethodParameter parameter) {
        for (var annotation : parameter.getParameterAnnotations()) {
            var name =
                    switch (annotation) {
                        case RequestParam param -> either(param.name(), param.value());
                        case PathVariable path -> either(path.name(), path.value());
                        case RequestHeader header -> either(header.name(), header.value());
                        case RequestPart part -> either(part.name(), part.value());
                        default -> "";
                    };
            if (!name.isEmpty()) {
                return name;
            }
        }
        return snakeCase(String.valueOf(parameter.getParameterName()));
    }

    /** They are aliases, of which code sets one. */
    private static String either(String name, String value) {
        return name.isEmpty() ? value : name;
    }

    private static String name(Path path) {
        boolean method =
                StreamSupport.stream(path.spliterator(), false)
                        .anyMatch(node -> node.getKind() == ElementKind.METHOD);
        var name = path.toString();
        return snakeCase(method ? name.substring(name.indexOf('.') + 1) : name);
    }

    private void add(String within, ObjectError error) {
        var field = error instanceof FieldError at ? snakeCase(at.getField()) : WHOLE;
        boolean unbound = error instanceof FieldError at && at.isBindingFailure();
        add(within + field, unbound ? "is not valid" : error.getDefaultMessage());
    }

    private void add(String field, @Nullable String message) {
        errors.computeIfAbsent(StringUtils.hasText(field) ? field : WHOLE, _ -> new ArrayList<>())
                .add(message == null ? "is not valid" : message);
    }
}
