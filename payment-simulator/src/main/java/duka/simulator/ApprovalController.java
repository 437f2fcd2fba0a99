package duka.simulator;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Currency;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page on which a customer approves or declines; its address is the customer's secret. */
@RestController
@RequestMapping("/approve/{id}")
class ApprovalController {

    enum Decision {
        approve,
        decline
    }

    private static final String BUTTONS =
            """
            <form method="post">
              <button name="decision" value="approve">Approve</button>
              <button name="decision" value="decline">Decline</button>
            </form>""";

    private final Simulating provider;
    private final Books books;

    ApprovalController(Simulating provider, Books books) {
        this.provider = provider;
        this.books = books;
    }

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String show(@PathVariable String id) {
        var authorization = books.authorization(id).orElseThrow(() -> new NoSuchAuthorization(id));
        var isPending = authorization.status() == Authorization.Status.PENDING;
        return """
                <!doctype html>
                <html lang="en">
                <meta name="viewport" content="width=device-width">
                <title>Approve a payment</title>
                <style>
                  body { font: 1.1rem system-ui; max-width: 24rem; margin: 4rem auto; padding: 0 1rem }
                  button { font: inherit; padding: .6rem 1.2rem; margin-right: .5rem }
                </style>
                <h1>%s</h1>
                <p>For order %s.</p>
                %s
                </html>
                """
                .formatted(
                        amount(authorization),
                        HtmlUtils.htmlEscape(authorization.reference()),
                        isPending
                                ? BUTTONS
                                : "<p>This payment is %s.</p>"
                                        .formatted(
                                                authorization
                                                        .status()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT)));
    }

    @PostMapping
    ResponseEntity<Void> decide(@PathVariable String id, @RequestParam Decision decision) {
        provider.decide(id, decision == Decision.approve);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/approve/" + id))
                .build();
    }

    private static String amount(Authorization authorization) {
        var currency = Currency.getInstance(authorization.currency());
        return BigDecimal.valueOf(authorization.amountMinor(), currency.getDefaultFractionDigits())
                        .toPlainString()
                + " "
                + currency;
    }
}
