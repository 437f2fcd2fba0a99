package duka.payment;

import duka.events.Money;
import duka.events.OrderEvent.VendorShare;
import duka.events.PaymentMethod;
import duka.events.Sealed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

public final class PaymentFixture {

    public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    public static final UUID CUSTOMER = UUID.fromString("0199aaaa-0000-7000-8000-000000000001");
    public static final UUID VENDOR = UUID.fromString("0199aaaa-0000-7000-8000-000000000002");
    public static final Money TOTAL = Money.of("10.00", "KES");

    public static Payment payment(PaymentStatus status) {
        return payment(status, PaymentMethod.CARD);
    }

    public static Payment payment(PaymentStatus status, PaymentMethod method) {
        return new Payment(
                UUID.randomUUID(),
                UUID.randomUUID(),
                CUSTOMER,
                TOTAL,
                List.of(
                        new VendorShare(VENDOR, Money.of("3.33", "KES")),
                        new VendorShare(null, Money.of("6.67", "KES"))),
                new PaymentAt(status, false, method),
                SimulatedProvider.NAME,
                new Sealed("secret"),
                NOW);
    }

    private PaymentFixture() {}
}
