package duka.jobs;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

class JobsConfigurationTest {

    final ApplicationContextRunner service =
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    TaskExecutionAutoConfiguration.class,
                                    TaskSchedulingAutoConfiguration.class,
                                    JobsConfiguration.class))
                    .withPropertyValues("spring.threads.virtual.enabled=true")
                    .withBean(JdbcTemplate.class, () -> new JdbcTemplate(mock(DataSource.class)));

    @EnableScheduling
    static class Jobs {

        final CountDownLatch stuck = new CountDownLatch(1);
        final CountDownLatch ranMeanwhile = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @Scheduled(fixedDelay = 1)
        void stick() throws InterruptedException {
            stuck.countDown();
            goOn.await();
        }

        @Scheduled(fixedDelay = 1)
        void run() throws InterruptedException {
            stuck.await();
            ranMeanwhile.countDown();
        }
    }

    @Test
    void a_job_that_is_stuck_keeps_no_other_from_running() {
        service.withBean(Jobs.class)
                .run(
                        context -> {
                            var jobs = context.getBean(Jobs.class);
                            assertThat(jobs.ranMeanwhile.await(10, SECONDS)).isTrue();
                            jobs.goOn.countDown();
                        });
    }

    @Test
    void only_jobs_run_on_their_threads() {
        service.run(
                context ->
                        assertThat(context)
                                .getBean("applicationTaskExecutor")
                                .isInstanceOf(SimpleAsyncTaskExecutor.class));
    }
}
