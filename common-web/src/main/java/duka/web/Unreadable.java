package duka.web;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says where JSON could not be read and what belongs there, and nothing of our inside. */
final class Unreadable {

    static Refused because(JacksonException fault) {
        var field = field(fault.getPath());
        boolean aboutValue =
                fault instanceof DatabindException || fault instanceof InputCoercionException;
        return aboutValue && !field.isEmpty()
                ? Refused.invalid(field, expected(fault))
                : malformed("The body is not the JSON that is expected here" + at(fault) + ".");
    }

    static Refused malformed(String detail) {
        return new Refused(HttpStatus.BAD_REQUEST, "malformed-json", detail);
    }

    /** What a value of this type looks like to somebody who writes JSON or a query. */
    static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "is not valid";
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        } else if (isWhole(type)) {
            return "must be a whole number from %s to %s".formatted((Object[]) range(type));
        } else if (type == BigInteger.class) {
            return "must be a whole number";
        } else if (type == BigDecimal.class || type == double.class || type == float.class) {
            return "must be a number";
        } else if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        } else if (type == UUID.class) {
            return "must be a UUID";
        } else if (CharSequence.class.isAssignableFrom(type)) {
            return "must be text, without NUL characters";
        } else if (TemporalAccessor.class.isAssignableFrom(type)) {
            return "must be a date or time as ISO 8601 has it";
        } else if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "must be a list";
        } else if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return "must be an object";
        }
        return "is not valid";
    }

    private static String expected(JacksonException fault) {
        return switch (fault) {
            case MismatchedInputException mismatch -> expected(mismatch.getTargetType());
            case InputCoercionException coercion -> expected(coercion.getTargetType());
            default -> "is not valid";
        };
    }

    private static boolean isWhole(Class<?> type) {
        return type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class
                || type == short.class
                || type == Short.class;
    }

    private static String[] range(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return new String[] {"" + Integer.MIN_VALUE, "" + Integer.MAX_VALUE};
        } else if (type == long.class || type == Long.class) {
            return new String[] {"" + Long.MIN_VALUE, "" + Long.MAX_VALUE};
        }
        return new String[] {"" + Short.MIN_VALUE, "" + Short.MAX_VALUE};
    }

    /** As a caller would write it: {@code items[0].quantity}. */
    private static String field(List<JacksonException.Reference> path) {
        var field = new StringBuilder();
        for (var step : path) {
            if (step.getPropertyName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return field.toString();
    }

    private static String at(JacksonException fault) {
        TokenStreamLocation location = fault.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : ": look at line %d, column %d"
                        .formatted(location.getLineNr(), location.getColumnNr());
    }

    private Unreadable() {}
}
