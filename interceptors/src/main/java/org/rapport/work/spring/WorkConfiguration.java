package org.rapport.work.spring;

import java.util.List;
import javax.sql.DataSource;
import org.rapport.work.BackgroundWork;
import org.rapport.work.WakeUp;
import org.rapport.work.WakeUpChannel;
import org.rapport.work.Work;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every {@link Work} bean is done; no list is kept here. */
@Configuration(proxyBeanMethods = false)
class WorkConfiguration {

    @Bean
    WakeUp wakeUp() {
        return new WakeUp();
    }

    @Bean
    WorkLifecycle workLifecycle(ObjectProvider<Work> works, DataSource database, WakeUp wakeUp) {
        return new WorkLifecycle(new BackgroundWork(
                List.copyOf(works.orderedStream().toList()), new WakeUpChannel(database, wakeUp), wakeUp));
    }
}
