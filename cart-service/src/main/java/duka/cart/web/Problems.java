package duka.cart.web;

import duka.cart.CatalogAway;
import duka.cart.NoSuchCart;
import duka.cart.NoSuchItem;
import duka.cart.NoSuchProduct;
import duka.cart.NoSuchWish;
import duka.web.Problem;
import duka.web.Refused;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What this service alone refuses. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchItem problem) {
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-item", problem.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchProduct problem) {
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-product", problem.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchWish problem) {
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-wish", problem.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NoSuchCart problem) {
        return Problem.of(HttpStatus.NOT_FOUND, "no-such-cart", problem.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(CatalogAway problem) {
        return with(
                Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "catalog-unavailable",
                        problem.getMessage()),
                HttpHeaders.RETRY_AFTER,
                "2");
    }

    static <T> ResponseEntity<T> with(ResponseEntity<T> answer, String header, String value) {
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .header(header, value)
                .body(answer.getBody());
    }

    static ResponseEntity<ProblemDetail> withdrawn() {
        return Problem.of(
                HttpStatus.CONFLICT, "product-withdrawn", "This product is not for sale any more.");
    }

    static ResponseEntity<ProblemDetail> fullCart(int most) {
        return Problem.of(
                HttpStatus.CONFLICT,
                "cart-full",
                "A cart takes at most %d different products.".formatted(most));
    }

    static Refused emptyCart() {
        return new Refused(
                HttpStatus.CONFLICT, "cart-empty", "There is nothing in the cart to check out.");
    }
}
