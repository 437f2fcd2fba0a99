package duka.system;

import static org.assertj.core.api.Assertions.assertThat;

import duka.deploy.Overlay;
import duka.deploy.Overlay.Workload;
import duka.local.Part;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Kubernetes asks of the programs, asked of those that run. */
class ProbesIT {

    static Stream<Workload> workloads() {
        return Overlay.named("production").ours().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void every_probe_is_answered(Workload workload) throws IOException, InterruptedException {
        var part =
                Arrays.stream(Part.values())
                        .filter(each -> each.title().equals(workload.name()))
                        .findFirst()
                        .orElseThrow();
        var address = TheShop.running().itself().url(part);
        Container container = workload.container();
        try (var kubelet = HttpClient.newHttpClient()) {
            for (Probe probe :
                    List.of(
                            container.getStartupProbe(),
                            container.getLivenessProbe(),
                            container.getReadinessProbe())) {
                var request =
                        HttpRequest.newBuilder(address.resolve(probe.getHttpGet().getPath()))
                                .build();
                assertThat(kubelet.send(request, BodyHandlers.discarding()).statusCode())
                        .as(request.uri().toString())
                        .isEqualTo(200);
            }
        }
    }
}
