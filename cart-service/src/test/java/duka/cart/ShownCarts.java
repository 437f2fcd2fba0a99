package duka.cart;

import duka.messaging.Uuid7;
import java.time.Clock;
import java.util.UUID;

/** Carts for tests of how they are shown. */
public final class ShownCarts {

    public static Cart threeTeas(UUID customer) {
        var cart = Cart.open(UUID.randomUUID(), Shopper.customer(customer));
        cart.add(Uuid7.mint(Clock.systemUTC()), CartFixture.tea(), 3);
        return cart;
    }

    /** Tea has become dearer since it was put into the cart. */
    public static Cart threeTeasAtANewPrice() {
        return CartFixture.cartOf(CartFixture.threeOf(CartFixture.tea(2, "4.00", true)));
    }

    private ShownCarts() {}
}
