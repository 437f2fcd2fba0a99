package duka.identity.mail;

import java.util.List;
import java.util.UUID;

/** What a mail can tell about an order. Money is as it is shown. */
record OrderCopy(UUID id, String total, List<Line> lines) {

    record Line(UUID productId, int quantity, String amount) {}
}
