package duka.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir Path folder;

    @Test
    void a_secret_is_made_up_once_and_kept() {
        String made = secrets().of("seal.address-key");

        assertThat(secrets().of("seal.address-key")).isEqualTo(made);
        assertThat(secrets().of("seal.payment-key")).isNotEqualTo(made);
        assertThat(Base64.getDecoder().decode(made)).hasSize(32);
    }

    @Test
    void only_the_owner_can_read_them() throws IOException {
        secrets().of("postgres");

        assertThat(Files.getPosixFilePermissions(file()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private Secrets secrets() {
        return Secrets.in(file());
    }

    private Path file() {
        return folder.resolve("secrets.properties");
    }
}
