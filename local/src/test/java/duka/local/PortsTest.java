package duka.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

    @TempDir Path folder;

    @Test
    void an_offset_moves_every_port() {
        assertThat(Ports.usual(0).of(Part.GATEWAY)).isEqualTo(8080);
        assertThat(Ports.usual(1000).of(Part.GATEWAY)).isEqualTo(9080);
        assertThat(Ports.usual(1000).controller()).isEqualTo(Ports.usual(0).controller() + 1000);
    }

    @Test
    void ports_are_remembered() {
        Path file = folder.resolve("ports");
        Ports ports = Ports.free();
        ports.remember(file);

        assertThat(Ports.remembered(file)).isEqualTo(ports);
    }

    @Test
    void a_part_that_an_older_duka_did_not_have_is_as_far_off_as_the_others() throws IOException {
        Path file = folder.resolve("ports");
        Ports.usual(1000).remember(file);
        Files.write(
                file,
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("redis="))
                        .toList());

        assertThat(Ports.remembered(file)).isEqualTo(Ports.usual(1000));
    }

    @Test
    void a_twin_has_services_of_its_own_and_nothing_else() {
        Ports ports = Ports.usual(0);
        Ports twin = ports.twin();

        for (Part part : Part.values()) {
            boolean own = twin.of(part) != ports.of(part);
            assertThat(own).as(part.title()).isEqualTo(part.schema().isPresent());
        }
    }

    @Test
    void a_taken_port_is_named_with_who_has_it() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var byPart = new EnumMap<>(Ports.free().byPart());
            byPart.put(Part.GATEWAY, taken.getLocalPort());
            var ports = new Ports(Map.copyOf(byPart), Ports.free().controller());

            assertThatThrownBy(() -> ports.mustBeFree(List.of(Part.GATEWAY)))
                    .isInstanceOf(Trouble.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("gateway")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }
}
