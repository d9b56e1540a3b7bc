package dev.yardmaster.house.broken.stray;

class OrderUtils {}
