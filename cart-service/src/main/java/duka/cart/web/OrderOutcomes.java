package duka.cart.web;

import duka.cart.Decisions;
import duka.web.Outcomes;
import duka.web.Prefer;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Instead of "your order has been taken": what became of it, for those who wait. */
@Component
class OrderOutcomes implements Outcomes {

    /** How long the checkout in one call waits unless asked to do otherwise. */
    private static final Duration UNASKED = Duration.ofSeconds(20);

    private final Decisions decisions;

    OrderOutcomes(Decisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public Duration patience(HttpServletRequest request, Prefer prefer) {
        return switch (request.getRequestURI()) {
            case CheckoutController.PATH + "/confirm" -> prefer.patience();
            case CheckoutController.PATH ->
                    prefer.waits() || isAsync(request) ? prefer.patience() : UNASKED;
            default -> Duration.ZERO;
        };
    }

    @Override
    public Optional<ResponseEntity<?>> await(URI accepted, Duration patience) {
        var path = accepted.getPath();
        var orderId = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        return decisions
                .await(orderId, patience)
                .map(
                        checkout ->
                                ResponseEntity.status(HttpStatus.CREATED)
                                        .location(accepted)
                                        .body(CheckoutView.of(checkout)));
    }

    private static boolean isAsync(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Prefer")).stream()
                .anyMatch(wish -> wish.toLowerCase().contains("respond-async"));
    }
}
