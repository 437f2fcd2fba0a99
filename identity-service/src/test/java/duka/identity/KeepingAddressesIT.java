package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WholeService
class KeepingAddressesIT {

    @Autowired Registering registering;
    @Autowired KeepingAddresses addresses;

    private UserId owner = new UserId(new UUID(0, 0));

    @BeforeEach
    void sign_up() {
        owner = UserFixture.customer(registering).id();
    }

    @Test
    void the_first_address_is_the_default_for_all() {
        var first = add("Moi Avenue", false, false);
        var second = add("Ngong Road", false, false);

        assertThat(first.defaultShipping()).isTrue();
        assertThat(first.defaultBilling()).isTrue();
        assertThat(second.defaultShipping()).isFalse();
        assertThat(addresses.list(owner, 10, 0)).containsExactly(first, second);
    }

    @Test
    void a_new_default_takes_the_place_of_the_old_one() {
        var first = add("Moi Avenue", false, false);
        var second = add("Ngong Road", true, false);

        assertThat(find(first).defaultShipping()).isFalse();
        assertThat(find(first).defaultBilling()).isTrue();

        addresses.change(owner, second.id(), it -> it.withDefaults(false, true));
        assertThat(find(second).defaultShipping()).isTrue();
        assertThat(find(second).defaultBilling()).isTrue();
        assertThat(find(first).defaultBilling()).isFalse();
    }

    @Test
    void another_address_inherits_from_a_default_that_is_removed() {
        var first = add("Moi Avenue", false, false);
        var second = add("Ngong Road", false, true);
        add("Thika Road", false, false);

        assertThat(addresses.remove(owner, first.id())).isTrue();
        assertThat(addresses.remove(owner, first.id())).isFalse();

        assertThat(find(second).defaultShipping()).isTrue();
        assertThat(find(second).defaultBilling()).isTrue();
        assertThat(addresses.count(owner)).isEqualTo(2);
    }

    @Test
    void of_many_defaults_at_once_one_is_left() throws Exception {
        Callable<Boolean> add = () -> add("Moi Avenue", true, true).defaultShipping();

        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(crowd.invokeAll(IntStream.range(0, 8).mapToObj(_ -> add).toList()))
                    .allMatch(it -> it.state() == Future.State.SUCCESS);
        }

        assertThat(addresses.list(owner, 10, 0))
                .hasSize(8)
                .filteredOn(Address::defaultShipping)
                .hasSize(1);
    }

    @Test
    void nobody_sees_or_changes_the_address_of_another() {
        var address = add("Moi Avenue", true, true);
        var other = UserFixture.customer(registering).id();

        assertThat(addresses.find(other, address.id())).isEmpty();
        assertThat(addresses.change(other, address.id(), it -> it)).isEmpty();
        assertThat(addresses.remove(other, address.id())).isFalse();
        assertThat(find(address)).isEqualTo(address);
    }

    @Test
    void there_is_an_end_to_addresses() {
        for (int i = 0; i < 50; i++) {
            add("Moi Avenue " + i, false, false);
        }

        assertThat(addresses.add(owner, wish("Ngong Road", false, false))).isEmpty();
    }

    private Address find(Address address) {
        return addresses.find(owner, address.id()).orElseThrow();
    }

    private Address add(String line, boolean shipping, boolean billing) {
        return addresses.add(owner, wish(line, shipping, billing)).orElseThrow();
    }

    private static Address wish(String line, boolean shipping, boolean billing) {
        return new Address(
                new UUID(0, 0), "", "", line, "", "Nairobi", "Kenya", "", shipping, billing);
    }
}
