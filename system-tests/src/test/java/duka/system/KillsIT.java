package duka.system;

import static duka.system.Customer.APPROVE;
import static org.assertj.core.api.Assertions.assertThat;

import duka.local.Part;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every process dies once in the middle of a checkout. The order still ends, and once. */
class KillsIT {

    final TheShop shop = TheShop.running();

    @ParameterizedTest
    @EnumSource
    void a_process_killed_in_the_middle_of_a_checkout(Part part) {
        var customer = Customer.signUp(shop.guest());
        var product = shop.staff().sells(5, "10.00");
        customer.puts(2, product).drafts(APPROVE);
        var order = customer.places();

        shop.kills(part);
        shop.starts(part);

        assertThat(customer.decided(order)).isEqualTo("CONFIRMED");
        customer.paymentBecomes(order, "CAPTURED");
        assertThat(shop.staff().available(product)).isEqualTo(3);
        assertThat(customer.ordersPlaced()).containsExactly(order);
        shop.booksAreRight();
    }
}
