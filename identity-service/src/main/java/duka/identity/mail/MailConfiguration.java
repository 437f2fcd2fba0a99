package duka.identity.mail;

import jakarta.mail.util.StreamProvider;
import java.util.Objects;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.util.StringUtils;

/** The mail server, or a folder in place of it where one is named. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    static {
        // Asked anew for each part of each mail, and else looked for on the whole class path, which
        // takes longer than all the rest.
        System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    static class FolderNamed implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("duka.mail.folder"));
        }
    }

    /** In place of the one that {@code spring.mail} configures, with all that it was told. */
    @Bean
    static BeanPostProcessor smtpMailSender() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean.getClass() == JavaMailSenderImpl.class
                        ? new SmtpMailSender((JavaMailSenderImpl) bean)
                        : bean;
            }
        };
    }

    @Bean
    @Conditional(FolderNamed.class)
    JavaMailSender folderMailSender(MailProperties properties) {
        return new FolderMailSender(
                Objects.requireNonNull(properties.folder()), properties.folderKeeps());
    }
}
