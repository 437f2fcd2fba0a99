package duka.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Thrown where a service's web layer refuses a request; answered as a {@link Problem}. */
public class Refused extends RuntimeException {

    private final HttpStatus status;
    private final String type;
    private final Map<String, ?> more;
    private final HttpHeaders headers = new HttpHeaders();

    public Refused(HttpStatus status, String type, String detail) {
        this(status, type, detail, Map.of());
    }

    public Refused(HttpStatus status, String type, String detail, Map<String, ?> more) {
        super(detail, null, false, false); // an answer, not a fault: nobody reads its stack trace
        this.status = status;
        this.type = type;
        this.more = more;
    }

    /** For what is worth trying again soon. */
    public Refused retryAfter(Duration delay) {
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, delay.toSeconds())));
        return this;
    }

    /** 400, with what is wrong with which field or parameter. */
    public static Refused invalid(String field, String message) {
        return invalid(Map.of(field, List.of(message)));
    }

    static Refused invalid(Map<String, ?> errors) {
        return new Refused(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                "The request is not valid; errors says where.",
                Map.of("errors", errors));
    }

    /** For a handler that refuses on behalf of another exception. */
    public ResponseEntity<ProblemDetail> answer() {
        var problem = Problem.of(status, type, String.valueOf(getMessage()), more);
        return ResponseEntity.status(status)
                .headers(problem.getHeaders())
                .headers(headers)
                .body(problem.getBody());
    }
}
