package duka.local;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/** The broker's own JVM: formats its log once, then is Kafka. */
final class Broker {

    private Broker() {}

    public static void main(String[] arguments) throws IOException {
        Path configuration = Path.of(arguments[0]);
        if (!Files.exists(log(configuration).resolve("meta.properties"))) {
            int exit =
                    kafka.tools.StorageTool.execute(
                            new String[] {
                                "format",
                                "--cluster-id",
                                Uuid.randomUuid().toString(),
                                "--config",
                                configuration.toString()
                            },
                            System.out);
            if (exit != 0) {
                System.exit(exit);
            }
        }
        kafka.Kafka.main(arguments);
    }

    private static Path log(Path configuration) throws IOException {
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(configuration)) {
            properties.load(in);
        }
        return Path.of(properties.getProperty("log.dirs"));
    }
}
