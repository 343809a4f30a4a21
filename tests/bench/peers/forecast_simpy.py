# SPDX-License-Identifier: EUPL-1.2
"""The model of bench_forecast as a program for SimPy 2 (Debian: python3-simpy): each case, illness, leaving,
stream of requests and the end of each day is a process. Reads the model as JSON on standard input.
    forecast_simpy.py REPLICATIONS
Prints the seconds of one replication, and p50 of some persons."""
import json
import math
import random
import sys
import time

from SimPy.Simulation import Process, Simulation, hold

END = 1 - 1 / 1024


class Case(Process):
    def run(self, worker, days):
        yield hold, self, days
        worker["busy"] -= 1


class Health(Process):
    def run(self, worker, first, ill, well):
        yield hold, self, first
        while True:
            worker["ill"] = not worker["ill"]
            yield hold, self, until(well if worker["ill"] else ill)


class Leave(Process):
    def run(self, request, days):
        yield hold, self, days
        request["left"] = True


class Stream(Process):
    def run(self, town, stream):
        m = town.m
        most = m["arrival"][stream] * max(m["season"])
        while True:
            yield hold, self, random.expovariate(most)
            now = self.sim.now()
            if now < m["days"] and random.random() * max(m["season"]) < m["season"][int(now)]:
                town.ask(stream, now)


class Day(Process):
    def run(self, town):
        yield hold, self, END
        while True:
            if town.m["working"][int(self.sim.now())]:
                town.serve()
            yield hold, self, 1


def until(chance):
    return 1 + math.floor(math.log(1 - random.random()) / math.log1p(-chance))


class Town:
    def __init__(self, m):
        self.m = m
        self.sim = Simulation()
        self.sim.initialize()
        self.turn = {}
        self.queue = [[] for _ in m["arrival"]]
        self.head = [0] * len(m["arrival"])
        share = random.random()
        self.workers = []
        for i, (back, cases) in enumerate(m["workers"]):
            w = {"busy": len(cases), "ill": back != 0, "share": (share + i * 0.61803398874989485) % 1}
            self.workers.append(w)
            first = back if back > 0 else until(m["well"] if back < 0 else m["ill"])
            self.start(Health(sim=self.sim), w, first, m["ill"], m["well"])
            for lasted in cases:
                self.start(Case(sim=self.sim), w, self.rest(lasted))
        for i, (stream, waited) in enumerate(m["waiting"]):
            self.add({"asked": -waited, "stream": stream, "left": False, "who": i})
        for s in range(len(m["arrival"])):
            self.start(Stream(sim=self.sim), self, s)
        self.start(Day(sim=self.sim), self)

    def start(self, process, *args):
        self.sim.activate(process, process.run(*args))

    def rest(self, lasted):
        longer = m_longer(self.m["duration"], lasted)
        return math.ceil(random.choice(longer)) - lasted if longer else 1

    def add(self, request):
        self.queue[request["stream"]].append(request)
        self.start(Leave(sim=self.sim), request, until(self.m["leave"][request["stream"]]))

    def ask(self, stream, now):
        self.add({"asked": now, "stream": stream, "left": False, "who": None})

    def first(self):
        best = None
        for s, queue in enumerate(self.queue):
            if self.head[s] < len(queue):
                r = queue[self.head[s]]
                rank = (self.m["rank"][s], -math.floor(r["asked"]))
                if best is None or rank > best[0]:
                    best = rank, s
        return None if best is None else best[1]

    def roomiest(self):
        room = self.m["room"][int(self.sim.now())]
        free, i = max((math.floor(room + w["share"]) - w["busy"] if not w["ill"] else 0, -i) for i, w in enumerate(self.workers))
        return self.workers[-i] if free > 0 else None

    def serve(self):
        worker = self.roomiest()
        while worker is not None:
            s = self.first()
            if s is None:
                return
            r = self.queue[s][self.head[s]]
            self.head[s] += 1
            if r["who"] is not None:
                self.turn[r["who"]] = int(self.sim.now())
            if not r["left"]:
                worker["busy"] += 1
                days = math.ceil(random.choice(self.m["duration"]))
                self.start(Case(sim=self.sim), worker, days - END)
                worker = self.roomiest()


CACHE = {}


def m_longer(duration, lasted):
    if lasted not in CACHE:
        CACHE[lasted] = [d for d in duration if d > lasted]
    return CACHE[lasted]


def main():
    m = json.load(sys.stdin)
    n = int(sys.argv[1])
    turns = []
    random.seed(1)
    Town(m).sim.simulate(until=1)
    begin = time.process_time()
    for _ in range(n):
        town = Town(m)
        town.sim.simulate(until=m["days"])
        turns.append(town.turn)
    seconds = (time.process_time() - begin) / n
    probes = [0, 57, 114, 171, 228, 285, 342, 399]
    middle = [sorted(t.get(p, m["days"]) for t in turns)[n // 2] for p in probes]
    print("%.6f %s" % (seconds, " ".join(map(str, middle))))


main()
