package duka.catalog.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import duka.messaging.Uuid7;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class BucketIT extends PictureStoreContract {

    static final String NAME = "pictures";

    static S3Server server;
    static Bucket bucket;

    @BeforeAll
    static void there_is_a_bucket(@TempDir Path folder) throws IOException {
        server = new S3Server(folder);
        var properties = server.bucket(NAME, S3Server.SECRET);
        try (var admin =
                S3Client.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .endpointOverride(properties.endpoint())
                        .region(Region.US_EAST_1)
                        .forcePathStyle(true)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(S3Server.KEY, S3Server.SECRET)))
                        .build()) {
            admin.createBucket(it -> it.bucket(NAME));
        }
        bucket = new Bucket(properties);
    }

    @AfterAll
    static void it_goes() {
        bucket.close();
        server.close();
    }

    @Override
    PictureStore store() {
        return bucket;
    }

    @Test
    void it_tells_all_that_it_has_by_the_page() {
        var kept = new HashSet<UUID>();
        for (int i = 0; i < 520; i++) {
            var next = Uuid7.mint(Clock.systemUTC());
            bucket.keep(next, picture);
            kept.add(next);
        }
        var pages = new int[1];
        var read = new HashSet<UUID>();
        bucket.eachPage(
                page -> {
                    pages[0]++;
                    read.addAll(page);
                });
        assertThat(read).containsAll(kept);
        assertThat(pages[0]).isGreaterThan(1);
    }

    @Test
    void who_does_not_know_the_secret_keeps_nothing() {
        try (var stranger = new Bucket(server.bucket(NAME, "guessed"))) {
            assertThatExceptionOfType(StoreFailed.class)
                    .isThrownBy(() -> stranger.keep(id, picture));
            assertThatExceptionOfType(StoreFailed.class)
                    .isThrownBy(() -> stranger.open(id, Variant.FULL));
        }
        assertThat(bucket.open(id, Variant.FULL)).isEmpty();
    }

    @Test
    void a_server_that_is_away_is_said_in_time() {
        var away =
                new ImagesProperties.S3(
                        NAME,
                        URI.create("http://127.0.0.1:1"),
                        "us-east-1",
                        S3Server.KEY,
                        S3Server.SECRET,
                        true,
                        Duration.ofSeconds(2));
        try (var lost = new Bucket(away)) {
            assertThatExceptionOfType(StoreFailed.class)
                    .isThrownBy(() -> lost.open(id, Variant.FULL));
        }
    }
}
