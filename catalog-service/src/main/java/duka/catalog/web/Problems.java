package duka.catalog.web;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.CONTENT_TOO_LARGE;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;
import static org.springframework.http.HttpStatus.TOO_MANY_REQUESTS;
import static org.springframework.http.HttpStatus.UNSUPPORTED_MEDIA_TYPE;

import duka.catalog.CategoryInUse;
import duka.catalog.CategoryLoop;
import duka.catalog.Dangling;
import duka.catalog.NoSuchCategory;
import duka.catalog.NoSuchProduct;
import duka.catalog.Taken;
import duka.catalog.TooMuchStock;
import duka.catalog.images.BadPicture;
import duka.catalog.images.Busy;
import duka.catalog.images.StoreFailed;
import duka.web.Problem;
import duka.web.Refused;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every refusal that is this service's own. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

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
    ResponseEntity<ProblemDetail> on(TooMuchStock problem) {
        return StockController.tooMuch(problem.stock());
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

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(BadPicture problem) {
        return switch (problem.why()) {
            case UNKNOWN_FORMAT ->
                    Problem.of(UNSUPPORTED_MEDIA_TYPE, "unsupported-image", said(problem));
            case BROKEN -> Problem.of(BAD_REQUEST, INVALID, DETAIL, errors("image", said(problem)));
            case TOO_LARGE -> Problem.of(CONTENT_TOO_LARGE, "content-too-large", said(problem));
            case TOO_MANY_PIXELS -> Problem.of(CONTENT_TOO_LARGE, "too-many-pixels", said(problem));
        };
    }

    /**
     * It counts the uploads of all callers together, as RFC 6585 lets it. With 503, which looks
     * like a service that fails, the gateway would keep everybody away from the whole catalog.
     */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(Busy problem) {
        return later(TOO_MANY_REQUESTS, "busy", "Too many pictures are being uploaded. Try again.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(StoreFailed problem) {
        log.error("the store of pictures does not work", problem);
        return later(
                SERVICE_UNAVAILABLE,
                "unavailable",
                "Pictures cannot be kept or shown right now. Try again.");
    }

    private static ResponseEntity<ProblemDetail> later(
            HttpStatus status, String type, String detail) {
        var problem = Problem.of(status, type, detail);
        return ResponseEntity.status(status)
                .headers(problem.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, "5")
                .body(problem.getBody());
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
