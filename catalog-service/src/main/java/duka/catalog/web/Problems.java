package duka.catalog.web;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.NOT_FOUND;

import duka.catalog.CategoryInUse;
import duka.catalog.CategoryLoop;
import duka.catalog.Dangling;
import duka.catalog.NoSuchCategory;
import duka.catalog.NoSuchProduct;
import duka.catalog.Taken;
import duka.web.Problem;
import duka.web.Refused;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every refusal that is this service's own. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchProduct problem) {
        return Problem.of(NOT_FOUND, "no-such-product", said(problem));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchCategory problem) {
        return Problem.of(NOT_FOUND, "no-such-category", said(problem));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(Taken problem) {
        return Problem.of(CONFLICT, problem.what() + "-taken", said(problem));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(CategoryLoop problem) {
        return Problem.of(CONFLICT, "category-loop", said(problem));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(CategoryInUse problem) {
        return Problem.of(
                CONFLICT,
                "category-in-use",
                said(problem),
                Map.of("products", problem.products(), "children", problem.children()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(Dangling problem) {
        return Problem.of(BAD_REQUEST, INVALID, DETAIL, errors(problem.what(), said(problem)));
    }

    /** For what only this service can see to be wrong with a request. */
    static Refused invalid(String field, String message) {
        return new Refused(BAD_REQUEST, INVALID, DETAIL, errors(field, message));
    }

    private static final String INVALID = "invalid-request";
    private static final String DETAIL = "The request is not valid; errors says where.";

    private static Map<String, ?> errors(String field, String message) {
        return Map.of("errors", Map.of(field, List.of(message)));
    }

    private static String said(RuntimeException problem) {
        return String.valueOf(problem.getMessage());
    }
}
