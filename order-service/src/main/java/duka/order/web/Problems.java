package duka.order.web;

import duka.order.FollowingProperties;
import duka.order.NoSuchOrder;
import duka.order.NoSuchReturn;
import duka.order.NoSuchShipment;
import duka.order.TooManyStreams;
import duka.web.Problem;
import duka.web.Refused;
import java.time.Clock;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What is wrong with a request, as RFC 9457 problems. */
@RestControllerAdvice
class Problems {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final FollowingProperties following;
    private final Clock clock;

    Problems(FollowingProperties following, Clock clock) {
        this.following = following;
        this.clock = clock;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchOrder e) {
        if (e.id().mayStillCome(clock.instant())) {
            return new Refused(
                            HttpStatus.NOT_FOUND,
                            "order-not-known-yet",
                            "Its checkout may still be on its way; ask again soon.")
                    .retryAfter(SOON)
                    .answer();
        }
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-order", String.valueOf(e.getMessage()));
    }

    /** A stream whose reader has left is noticed, and room made, at its next heartbeat. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(TooManyStreams e) {
        return new Refused(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-streams",
                        String.valueOf(e.getMessage()))
                .retryAfter(following.heartbeat())
                .answer();
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
