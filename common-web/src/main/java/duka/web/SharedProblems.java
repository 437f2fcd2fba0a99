package duka.web;

import duka.sql.States;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/**
 * What can go wrong in any service, as problems. A service's own {@code web/Problems} comes first.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class SharedProblems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(SharedProblems.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(Refused refused) {
        return refused.answer();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(ConstraintViolationException e) {
        return Refused.invalid(Invalid.errors(e.getConstraintViolations())).answer();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(MultipartException e) {
        return new Refused(
                        HttpStatus.BAD_REQUEST,
                        "malformed-multipart",
                        "The body is not readable as multipart/form-data.")
                .answer();
    }

    /** Tomcat has not understood the query or a form. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(InvalidParameterException e) {
        var status = HttpStatus.resolve(e.getErrorCode());
        return ofStatus(status == null ? HttpStatus.BAD_REQUEST : status, null);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(OptimisticLockingFailureException e) {
        return new Refused(
                        HttpStatus.CONFLICT,
                        "changed-meanwhile",
                        "Somebody else changed it at the same moment. Read it again.")
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(AccessDeniedException e) {
        return Caller.current().isPresent() ? forbidden().answer() : unauthenticated();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(AuthenticationException e) {
        return unauthenticated();
    }

    /** Everything else: the database's moods, and our own mistakes. */
    @ExceptionHandler
    @Nullable ResponseEntity<ProblemDetail> on(Exception e, HttpServletRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            log.debug("{} {}: the client has gone", request.getMethod(), request.getRequestURI());
            return null;
        }
        return database(e)
                .map(
                        refused -> {
                            log.warn(
                                    "{} {}: {}: {}",
                                    request.getMethod(),
                                    request.getRequestURI(),
                                    refused.getMessage(),
                                    e.toString());
                            return refused.answer();
                        })
                .orElseGet(
                        () -> {
                            log.error(
                                    "{} {} failed",
                                    request.getMethod(),
                                    request.getRequestURI(),
                                    e);
                            return internal().answer();
                        });
    }

    static Refused forbidden() {
        return new Refused(
                HttpStatus.FORBIDDEN, "forbidden", "This is not for you with the roles you have.");
    }

    static Refused unauthenticated(String detail) {
        return new Refused(HttpStatus.UNAUTHORIZED, "unauthenticated", detail);
    }

    static Refused internal() {
        return new Refused(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Something went wrong on our side. It has been logged.");
    }

    static Refused unavailable(String what) {
        return new Refused(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "unavailable",
                        what + " cannot be reached at the moment. Try again soon.")
                .retryAfter(SOON);
    }

    static Refused tooLarge() {
        return new Refused(
                HttpStatus.CONTENT_TOO_LARGE,
                "content-too-large",
                "The body is larger than what is taken here.");
    }

    private static ResponseEntity<ProblemDetail> unauthenticated() {
        var answer = unauthenticated("Sign in first: this needs an access token.").answer();
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .body(answer.getBody());
    }

    private static Optional<Refused> database(Exception e) {
        if (any(e, SharedProblems::isAway)) {
            return Optional.of(unavailable("The database"));
        } else if (any(e, SharedProblems::isBusy)) {
            return Optional.of(
                    new Refused(
                                    HttpStatus.SERVICE_UNAVAILABLE,
                                    "busy",
                                    "Others were changing the same things. Try again.")
                            .retryAfter(SOON));
        } else if (state(e, "22")) {
            return Optional.of(
                    new Refused(
                            HttpStatus.BAD_REQUEST,
                            "invalid-request",
                            "A value is outside of what can be kept."));
        } else if (state(e, "23") || e instanceof DataIntegrityViolationException) {
            return Optional.of(
                    new Refused(
                            HttpStatus.CONFLICT,
                            "conflict",
                            "That contradicts what is there already."));
        }
        return Optional.empty();
    }

    private static boolean isAway(Throwable cause) {
        return cause instanceof SQLException fault
                && States.isPassing(fault)
                && !States.isOfOthers(fault);
    }

    private static boolean isBusy(Throwable cause) {
        return cause instanceof SQLException fault && States.isOfOthers(fault);
    }

    private static boolean state(Exception e, String prefix) {
        return any(e, cause -> hasState(cause, prefix));
    }

    private static boolean hasState(Throwable cause, String prefix) {
        return cause instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().startsWith(prefix);
    }

    private static boolean any(Throwable e, Predicate<Throwable> test) {
        return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(test);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(Refused.invalid(Invalid.errors(e.getBindingResult())));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return e.isForReturnValue()
                ? fault(e, request)
                : answer(
                        Refused.invalid(
                                Invalid.errors(
                                        e.getParameterValidationResults(),
                                        e.getCrossParameterValidationResults())));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(Refused.invalid(e.getParameterName(), "is required"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestPart(
            MissingServletRequestPartException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(Refused.invalid(e.getRequestPartName(), "is required"));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        var name =
                e instanceof MethodArgumentTypeMismatchException argument
                        ? argument.getName()
                        : String.valueOf(e.getPropertyName());
        return answer(Refused.invalid(name, Unreadable.expected(e.getRequiredType())));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (any(e, cause -> cause instanceof BodyLimit.Exceeded)) {
            return answer(tooLarge());
        }
        return answer(
                e.getCause() instanceof JacksonException fault
                        ? Unreadable.because(fault)
                        : Unreadable.malformed("The body is missing or is not JSON."));
    }

    /** All that Spring itself refuses, in its words but under our types. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (status.is5xxServerError() && status.value() != 503) {
            return fault(e, request);
        }
        var problem =
                ofStatus(
                        HttpStatus.valueOf(status.value()),
                        e instanceof ErrorResponse response
                                ? response.getBody().getDetail()
                                : null);
        return ResponseEntity.status(status)
                .headers(headers)
                .headers(problem.getHeaders())
                .body(problem.getBody());
    }

    /** A problem for a bare status, as Spring and Tomcat give them. */
    static ResponseEntity<ProblemDetail> ofStatus(HttpStatus status, @Nullable String detail) {
        var type =
                switch (status) {
                    case BAD_REQUEST -> "invalid-request";
                    case UNAUTHORIZED -> "unauthenticated";
                    case SERVICE_UNAVAILABLE -> "unavailable";
                    case INTERNAL_SERVER_ERROR -> "internal-error";
                    default -> status.name().toLowerCase().replace('_', '-');
                };
        return Problem.of(status, type, detail == null ? explain(status) : detail, Map.of());
    }

    private static String explain(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "The request is not one that HTTP allows.";
            case NOT_FOUND -> "There is nothing here.";
            case SERVICE_UNAVAILABLE -> "It took too long. Try again.";
            case INTERNAL_SERVER_ERROR -> String.valueOf(internal().getMessage());
            default -> status.getReasonPhrase() + ".";
        };
    }

    private static ResponseEntity<Object> fault(Exception e, WebRequest request) {
        log.error("{} failed", request.getDescription(false), e);
        return answer(internal());
    }

    private static ResponseEntity<Object> answer(Refused refused) {
        var answer = refused.answer();
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .body(answer.getBody());
    }
}
