package duka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ServersTest {

    @Test
    void containers_are_never_quietly_replaced() {
        assertThat(Servers.named("containers")).isInstanceOf(Containers.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Servers.named("container"))
                .withMessageContaining("embedded or containers");
    }
}
