package duka.testing;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.junit.ArchTest;
import duka.events.Event;
import duka.messaging.EventCodec;
import duka.messaging.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.kafka.annotation.KafkaListener;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which events a service says and hears stands in its {@code contracts/<service>/events.json}, of
 * which each release keeps a copy. After a wanted change: {@code mvn -pl order-service -am test
 * -Dtest=ArchitectureTest -Dsurefire.failIfNoSpecifiedTests=false -Dcontract=write}
 */
public class EventContract {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * @param says what is made new in it: nobody else's events are
     * @param hears what its listeners take
     */
    private record Conversing(TreeSet<String> says, TreeSet<String> hears) {}

    @ArchTest
    static void what_it_says_and_hears_is_written_down(JavaClasses service) throws IOException {
        var module = Path.of("").toAbsolutePath();
        var file =
                module.resolveSibling("contracts").resolve(module.getFileName() + "/events.json");
        var now = JSON.writeValueAsString(new Conversing(said(service), heard(service))) + "\n";

        if ("write".equals(System.getProperty("contract"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, now);
        }
        assertThat(file).as("see this class's comment").exists().hasContent(now);
    }

    private static TreeSet<String> said(JavaClasses service) {
        return service.stream()
                .flatMap(
                        each ->
                                Stream.concat(
                                        each.getConstructorCallsFromSelf().stream(),
                                        each.getConstructorReferencesFromSelf().stream()))
                .map(made -> made.getTargetOwner())
                .filter(made -> made.isAssignableTo(Event.class))
                .map(JavaClass::getSimpleName)
                .collect(toCollection(TreeSet::new));
    }

    private static TreeSet<String> heard(JavaClasses service) {
        return service.stream()
                .flatMap(each -> each.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(KafkaListener.class))
                .map(listener -> only(listener.getParameterTypes().getFirst()))
                .map(each -> each.toErasure().isEquivalentTo(Said.class) ? only(each) : each)
                .map(kind -> kind.toErasure().reflect())
                .flatMap(kind -> EventCodec.types().stream().filter(kind::isAssignableFrom))
                .map(Class::getSimpleName)
                .collect(toCollection(TreeSet::new));
    }

    private static JavaType only(JavaType generic) {
        return ((JavaParameterizedType) generic).getActualTypeArguments().getFirst();
    }
}
