import { expect, test } from 'vitest'
import { createSlots } from '#electron/database/slots.ts'

const long = 10_000

test('serves those who wait in the order they came', async () => {
  const slots = createSlots(1)
  await slots.take(long)
  const order: number[] = []
  const waiting = [1, 2, 3].map((number) =>
    slots.take(long).then(() => {
      order.push(number)
      slots.give()
    }),
  )
  expect(slots).toMatchObject({ busy: 1, waiting: 3 })
  slots.give()
  await Promise.all(waiting)
  expect(order).toEqual([1, 2, 3])
  expect(slots).toMatchObject({ busy: 0, waiting: 0 })
})

test('who waits too long hears that the pool is full and loses no turn for others', async () => {
  const slots = createSlots(1)
  await slots.take(long)
  await expect(slots.take(10)).rejects.toMatchObject({ code: 'POOL_TIMEOUT', params: { max: 1 } })
  expect(slots.waiting).toBe(0)
  slots.give()
  expect(slots.tryTake()).toBe(true)
})

test('a turn for whoever will not wait is never taken before those who do', async () => {
  const slots = createSlots(1)
  expect(slots.tryTake()).toBe(true)
  const waiting = slots.take(long)
  expect(slots.tryTake()).toBe(false)
  slots.give()
  await waiting
  expect(slots.tryTake()).toBe(false)
})

test('narrowed, it hands out fewer turns, and all of them again later', async () => {
  const slots = createSlots(3)
  slots.narrow(1, 20)
  await slots.take(long)
  expect(slots.tryTake()).toBe(false)
  await slots.take(long)
  expect(slots.busy).toBe(2)
  expect(slots.tryTake()).toBe(true)
  slots.close()
})

test('closed, it refuses those who wait and those who come', async () => {
  const slots = createSlots(1)
  await slots.take(long)
  const waiting = slots.take(long)
  slots.close()
  await expect(waiting).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  await expect(slots.take(long)).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  expect(slots.tryTake()).toBe(false)
})
