package duka.gateway;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Whether a request may pass, and how many more. */
sealed interface Allowance {

    Allowance UNLIMITED = new Unlimited();

    boolean isGranted();

    /** As the IETF's RateLimit fields say it. */
    Map<String, String> headers();

    record Unlimited() implements Allowance {

        @Override
        public boolean isGranted() {
            return true;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }
    }

    /**
     * @param left how many requests may follow at once
     * @param seconds until there is one more
     */
    record Limited(Scope scope, Rate rate, boolean isGranted, long left, long seconds)
            implements Allowance {

        @Override
        public Map<String, String> headers() {
            return Map.of(
                    "RateLimit-Policy",
                    "\"%s\";q=%d;w=%d"
                            .formatted(scope.title(), rate.requests(), rate.per().toSeconds()),
                    "RateLimit",
                    "\"%s\";r=%d;t=%d".formatted(scope.title(), left, seconds));
        }

        Refused refusal() {
            return new Refused(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many-requests",
                    "Too many requests of this kind. Please try again in %d s.".formatted(seconds),
                    Map.of(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
        }
    }
}
