package duka.gateway;

import java.util.Map;
import org.springframework.http.HttpStatus;

/** A request that ends here, and what its caller is told. */
class Refused extends RuntimeException {

    private final HttpStatus status;
    private final String type;
    private final Map<String, String> headers;

    Refused(HttpStatus status, String type, String detail) {
        this(status, type, detail, Map.of());
    }

    Refused(HttpStatus status, String type, String detail, Map<String, String> headers) {
        super(detail, null, false, false); // thrown often and never looked at: no stack trace
        this.status = status;
        this.type = type;
        this.headers = headers;
    }

    HttpStatus status() {
        return status;
    }

    String type() {
        return type;
    }

    Map<String, String> headers() {
        return headers;
    }
}
