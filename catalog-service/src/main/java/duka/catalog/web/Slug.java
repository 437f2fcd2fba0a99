package duka.catalog.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a slug looks. One that looks like an id would hide what has that id. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Slug.Check.class)
@interface Slug {

    String NO_ID = "(?!\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}$)";

    /** As clients are told it. */
    String FORM = NO_ID + "[a-z0-9]+(-[a-z0-9]+)*";

    String message() default "must be words of a-z and 0-9 with - between them, and not an id";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /**
     * Says the same as {@link #FORM} in a way that not every client's language knows: it gives
     * nothing back that it has matched, so the words of a long slug do not pile up on the stack.
     */
    final class Check implements ConstraintValidator<Slug, String> {

        private static final Pattern WORDS = Pattern.compile(NO_ID + "[a-z0-9]++(?:-[a-z0-9]++)*+");

        @Override
        public boolean isValid(@Nullable String slug, ConstraintValidatorContext context) {
            return slug == null || WORDS.matcher(slug).matches();
        }
    }
}
