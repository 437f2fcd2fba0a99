package duka.cart;

import duka.events.Money;
import duka.events.StockLevelChanged.Level;
import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Products and carts as tests like them. */
final class CartFixture {

    static Product tea() {
        return tea(1, "3.50", true);
    }

    static Product tea(long revision, String price, boolean active) {
        return new Product(new UUID(0, 1), revision, "tea", "Tea", kes(price), active, Level.IN, 5);
    }

    static Product mug() {
        return new Product(new UUID(0, 2), 1, "mug", "Mug", kes("12.00"), true, Level.IN, 5);
    }

    static Cart emptyCart() {
        return Cart.open(UUID.randomUUID(), Shopper.customer(UUID.randomUUID()));
    }

    /** A cart as it is read later, when the product is no longer what it was when added. */
    static Cart cartOf(CartLine... lines) {
        return new Cart(
                UUID.randomUUID(),
                Shopper.customer(UUID.randomUUID()),
                CartStatus.OPEN,
                null,
                7,
                List.of(lines));
    }

    /** Three at the price of the product's first revision. */
    static CartLine threeOf(Product now) {
        return new CartLine(Uuid7.mint(Clock.systemUTC()), now, 3, kes("3.50"), 1, null);
    }

    static Money kes(String amount) {
        return Money.of(amount, "KES");
    }

    private CartFixture() {}
}
