package duka.identity.web;

import duka.identity.LastAdmin;
import duka.identity.NoSuchUser;
import duka.identity.Taken;
import duka.identity.WeakPassword;
import duka.web.Problem;
import duka.web.Refused;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Every refusal that this service gives beyond those that all give. */
@RestControllerAdvice
class Problems {

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
                String.valueOf(problem.getMessage()),
                Map.of("errors", Map.of("password", problem.reasons())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(LastAdmin problem) {
        return Problem.of(HttpStatus.CONFLICT, "last-admin", String.valueOf(problem.getMessage()));
    }

    static Refused invalid(String field, String message) {
        return new Refused(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                "The request is not valid; errors says where.",
                Map.of("errors", Map.of(field, List.of(message))));
    }
}
