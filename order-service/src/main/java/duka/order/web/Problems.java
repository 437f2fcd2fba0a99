package duka.order.web;

import duka.order.NoSuchOrder;
import duka.order.NoSuchReturn;
import duka.order.NoSuchShipment;
import duka.web.Problem;
import java.time.Clock;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What is wrong with a request, as RFC 9457 problems. */
@RestControllerAdvice
class Problems {

    private final Clock clock;

    Problems(Clock clock) {
        this.clock = clock;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchOrder e) {
        if (e.id().mayStillCome(clock.instant())) {
            var problem =
                    Problem.of(
                            HttpStatus.NOT_FOUND,
                            "order-not-known-yet",
                            "Its checkout may still be on its way; ask again soon.");
            return ResponseEntity.status(problem.getStatusCode())
                    .headers(problem.getHeaders())
                    .header(HttpHeaders.RETRY_AFTER, "1")
                    .body(problem.getBody());
        }
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-order", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchShipment e) {
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-shipment", String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchReturn e) {
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-return", String.valueOf(e.getMessage()));
    }
}
