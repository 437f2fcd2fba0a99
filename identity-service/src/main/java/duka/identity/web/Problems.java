package duka.identity.web;

import duka.identity.BadToken;
import duka.identity.EmailNotVerified;
import duka.identity.LastAdmin;
import duka.identity.NoSuchUser;
import duka.identity.NoSuchVendor;
import duka.identity.PasswordRefused;
import duka.identity.Taken;
import duka.identity.TooManyTries;
import duka.identity.VendorRefused;
import duka.identity.WeakPassword;
import duka.jobs.TooMuchWork;
import duka.web.Problem;
import duka.web.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every refusal that this service gives beyond those that all give. */
@RestControllerAdvice
class Problems {

    private static final Duration SOON = Duration.ofSeconds(5);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchUser problem) {
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-user", "There is no such user.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(Taken problem) {
        return Problem.of(
                HttpStatus.CONFLICT,
                "already-taken",
                String.valueOf(problem.getMessage()),
                Map.of("errors", Map.of(problem.field(), List.of("is taken"))));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(WeakPassword problem) {
        return Problem.of(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                "The password is too weak.",
                Map.of("errors", Map.of(problem.field(), problem.reasons())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(LastAdmin problem) {
        return Problem.of(HttpStatus.CONFLICT, "last-admin", String.valueOf(problem.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchVendor problem) {
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-vendor", "There is no such vendor.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(VendorRefused problem) {
        return switch (problem.why()) {
            case VENDOR_ALREADY ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "vendor-already",
                            "You have applied to sell here before.");
            case OPEN ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "vendor-open",
                            "They sell here: close their vendor, which takes the role too.");
            case CLOSED ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "vendor-closed",
                            "The vendor is closed: its owner may apply again.");
        };
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(EmailNotVerified problem) {
        return Problem.of(
                HttpStatus.FORBIDDEN,
                "email-not-verified",
                "Verify your email address first: a mail says how.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(BadToken problem) {
        return problem.isExpired()
                ? Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "token-expired",
                        "This token came too late: ask for another.")
                : Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid-token",
                        "This token is not good, or not any more.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(PasswordRefused problem) {
        return switch (problem.why()) {
            case WRONG_CURRENT ->
                    badRequest("wrong-password", "current_password", "is not your password");
            case SAME_AS_CURRENT ->
                    badRequest("password-reuse", "new_password", "must not be the one you have");
            case WRONG_CODE -> badRequest("wrong-code", "code", "is not the code you were mailed");
            case NO_CODE ->
                    badRequest("code-expired", "code", "is not good any more: ask for another");
            case NOT_ALLOWED ->
                    Problem.of(
                            HttpStatus.CONFLICT,
                            "permission-expired",
                            "Give back a mailed code first: its permission is good once, for five"
                                    + " minutes.");
        };
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(TooManyTries problem) {
        return tooMany(
                "too-many-tries",
                "That has been tried too often. Wait before you try again.",
                problem.waitFor().plusSeconds(1));
    }

    /**
     * It counts the requests of all callers together, as RFC 6585 lets it. With 503, which looks
     * like a service that fails, the gateway would keep everybody away from all that is here.
     */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(TooMuchWork problem) {
        return tooMany("busy", "Too many passwords are being checked. Try again soon.", SOON);
    }

    private static ResponseEntity<ProblemDetail> tooMany(
            String type, String detail, Duration wait) {
        var answer = Problem.of(HttpStatus.TOO_MANY_REQUESTS, type, detail);
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds()))
                .body(answer.getBody());
    }

    private static ResponseEntity<ProblemDetail> badRequest(
            String type, String field, String message) {
        return Problem.of(
                HttpStatus.BAD_REQUEST,
                type,
                "The request is not valid; errors says where.",
                Map.of("errors", Map.of(field, List.of(message))));
    }

    static Refused invalid(String field, String message) {
        return new Refused(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                "The request is not valid; errors says where.",
                Map.of("errors", Map.of(field, List.of(message))));
    }
}
